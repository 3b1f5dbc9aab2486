// A language server that does nothing but answer: what is measured of it is the protocol, the process and the bench.
let buffer = Buffer.alloc(0);

process.stdin.on('data', (bytes) => {
  buffer = Buffer.concat([buffer, bytes]);
  for (;;) {
    const end = buffer.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(buffer.toString('latin1', 0, end))[1]);
    if (buffer.length < end + 4 + length) return;
    answer(JSON.parse(buffer.toString('utf8', end + 4, end + 4 + length)));
    buffer = buffer.subarray(end + 4 + length);
  }
});

function answer({ id, method, params }) {
  if (method === 'exit') process.exit(0);
  if (method === 'initialize') send({ id, result: { capabilities: { textDocumentSync: 2 } } });
  else if (id !== undefined) send({ id, result: null });
  else if (params?.textDocument?.version !== undefined) {
    const { uri, version } = params.textDocument;
    send({ method: 'textDocument/publishDiagnostics', params: { uri, version, diagnostics: [] } });
  }
}

function send(message) {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message });
  process.stdout.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
