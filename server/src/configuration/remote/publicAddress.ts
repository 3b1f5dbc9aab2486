import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** What is not on the internet: https://www.iana.org/assignments/iana-ipv4-special-registry */
const PRIVATE_V4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24'],
  ...['203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
];

/** What leads back to such an address, or nowhere: https://www.iana.org/assignments/iana-ipv6-special-registry */
const PRIVATE_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

/** Where all other public addresses are: https://www.iana.org/assignments/ipv6-address-space */
const PUBLIC_V6 = '2000::/3';

const privateOnes = listOf([...PRIVATE_V4, ...PRIVATE_V6]);
const publicV6 = listOf([PUBLIC_V6]);

/** Whether an IP address is one of the internet, and none of this machine, its network or its provider. */
export function isPublic(address: string): boolean {
  if (isIPv4(address)) return !privateOnes.check(address, 'ipv4');
  return isIPv6(address) && publicV6.check(address, 'ipv6') && !privateOnes.check(address, 'ipv6');
}

function listOf(subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [address = '', bits = ''] = subnet.split('/');
    list.addSubnet(address, Number(bits), isIPv6(address) ? 'ipv6' : 'ipv4');
  }
  return list;
}
