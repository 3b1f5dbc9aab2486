import { inflateRawSync } from 'node:zlib';

/** The files of a zip archive, by their paths. https://pkwaredownloads.blob.core.windows.net/pem/APPNOTE.txt */
export function unzipped(archive: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06'));
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [isDeflated, size] = [archive.readUInt16LE(at + 10) === 8, archive.readUInt32LE(at + 20)];
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((n) => archive.readUInt16LE(at + n));
    const local = archive.readUInt32LE(at + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const content = archive.subarray(start, start + size);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength!);
    files.set(name, isDeflated ? inflateRawSync(content) : content);
    at += 46 + nameLength! + extraLength! + commentLength!;
  }
  return files;
}
