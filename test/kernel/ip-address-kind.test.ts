import { BlockList } from 'node:net'
import { expect, test } from 'vitest'
import { isLoopbackAddress, isPublicAddress } from '../../src/kernel/ip-address-kind.ts'

/** The first and the last address of what is special, and its neighbours, which are not. */
test.each([
  ['0.0.0.0', '0.255.255.255', '1.0.0.0'],
  ['10.0.0.0', '10.255.255.255', '9.255.255.255', '11.0.0.0'],
  ['100.64.0.0', '100.127.255.255', '100.63.255.255', '100.128.0.0'],
  ['127.0.0.0', '127.255.255.255', '126.255.255.255', '128.0.0.0'],
  ['169.254.0.0', '169.254.255.255', '169.253.255.255', '169.255.0.0'],
  ['172.16.0.0', '172.31.255.255', '172.15.255.255', '172.32.0.0'],
  ['192.0.0.0', '192.0.0.255', '191.255.255.255', '192.0.1.0'],
  ['192.0.2.0', '192.0.2.255', '192.0.1.255', '192.0.3.0'],
  ['192.88.99.0', '192.88.99.255', '192.88.98.255', '192.88.100.0'],
  ['192.168.0.0', '192.168.255.255', '192.167.255.255', '192.169.0.0'],
  ['198.18.0.0', '198.19.255.255', '198.17.255.255', '198.20.0.0'],
  ['198.51.100.0', '198.51.100.255', '198.51.99.255', '198.51.101.0'],
  ['203.0.113.0', '203.0.113.255', '203.0.112.255', '203.0.114.0'],
  ['224.0.0.0', '255.255.255.255', '223.255.255.255'],
  ['168.63.129.16', '168.63.129.16', '168.63.129.15', '168.63.129.17'],
])('%s to %s is not public, and what is beside it is', (first, last, ...beside) => {
  for (const address of [first, last]) {
    for (const text of clothed(address)) expect(isPublicAddress(text), text).toBe(false)
  }
  for (const address of beside) {
    for (const text of clothed(address)) expect(isPublicAddress(text), text).toBe(true)
  }
})

/** IPv4 as it is, mapped into IPv6 and as DNS64 answers it. */
const clothed = (v4: string) => {
  const [a = 0, b = 0, c = 0, d = 0] = v4.split('.').map(Number)
  const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
  return [v4, `::ffff:${v4}`, `::ffff:${hex}`, `64:ff9b::${v4}`, `64:ff9b:0:0:0:0:${hex}`]
}

test.each([
  ...['::', '::1', '::127.0.0.1', '100::1', '64:ff9b:1::1', 'fc00::1', 'fd00:ec2::254', 'fdff::'],
  ...['fe80::1', 'fe80::1%eth0', 'febf::1', 'fec0::1', 'ff02::1', '5f00::1', '4000::1', '1fff::1'],
  ...['2001::1', '2001:0:7f00:1::', '2001:2::1', '2001:10::1', '2001:20::1', '2001:db8::1'],
  ...['2002:7f00:1::', '2002:808:808::', '3fff::1', '3fff:fff::1'],
  ...['', 'localhost', '1.2.3', '1.2.3.4.5', '256.1.1.1', '01.2.3.4.', '1', ':', ':::', '[::1]'],
])('%j is not public', (text) => expect(isPublicAddress(text)).toBe(false))

test.each(['8.8.8.8', '2606:4700:4700::1111', '2A00:1450::1', '2001:4860:4860:0:0:0:0:8888'])(
  '%s is public',
  (text) => expect(isPublicAddress(text)).toBe(true),
)

test('this machine is 127.0.0.0/8 and ::1, as Node has it too', () => {
  const own = new BlockList()
  own.addSubnet('127.0.0.0', 8)
  own.addAddress('::1', 'ipv6')
  for (const v4 of ['127.0.0.1', '127.255.255.255', '128.0.0.1', '0.0.0.0', '10.0.0.1']) {
    expect(isLoopbackAddress(v4), v4).toBe(own.check(v4))
    expect(isLoopbackAddress(`::ffff:${v4}`), v4).toBe(own.check(v4))
  }
  for (const v6 of ['::1', '0:0:0:0:0:0:0:1', '::', '::2', 'fe80::1']) {
    expect(isLoopbackAddress(v6), v6).toBe(own.check(v6, 'ipv6'))
  }
  expect(isLoopbackAddress('localhost')).toBe(false)
})
