import { expect, test } from 'vitest';
import { isPublic } from '../../server/src/configuration/remote/publicAddress.ts';

test.each([
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1'],
  ...['172.31.255.255', '192.0.2.1', '192.168.1.1', '198.18.0.1', '224.0.0.1', '255.255.255.255'],
  ...['::', '::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::a00:1', 'fc00::1', 'fd12::1', 'fe80::1'],
  ...['fe80::1%eth0', 'ff02::1', '2001:db8::1', '2002:a00:1::', '2001::1', 'no address'],
])('%s is not on the internet', (address) => expect(isPublic(address)).toBe(false));

test.each(['1.1.1.1', '8.8.8.8', '172.32.0.1', '100.128.0.1', '193.0.0.1', '2606:4700::1111', '2a00:1450::5'])(
  '%s is',
  (address) => expect(isPublic(address)).toBe(true),
);
