import { BlockList, isIP } from 'node:net';

/** Not globally reachable, by the IANA special-purpose registries (RFC 6890), and multicast. */
const notPublic4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** What global unicast IPv6 leaves to be refused: Teredo and other protocols, documentation, 6to4. */
const notPublic6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];
/** Everything else in IPv6, with loopback, link-local, unique local, mapped IPv4 and NAT64, is outside of it. */
const global6 = ['2000::/3'];

const listOf = (family: 'ipv4' | 'ipv6', networks: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
};

const refused4 = listOf('ipv4', notPublic4);
const refused6 = listOf('ipv6', notPublic6);
const unicast6 = listOf('ipv6', global6);

/** Whether an address is one of the public internet, so that nothing of the centre's own can be reached by it. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !refused4.check(address, 'ipv4');
  return isIP(address) === 6 && unicast6.check(address, 'ipv6') && !refused6.check(address, 'ipv6');
}
