import { expect, test } from 'vitest'
import {
  isPublicPlace,
  networksOf,
  placeOfAddress,
  toCanonicalIpAddress,
} from '../../src/kernel/ip-place.ts'

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['0.0.0.0', '0.0.0.0'],
  ['255.255.255.255', '255.255.255.255'],
  ['2001:DB8:0:0::1', '2001:db8::1'],
  ['2001:db8:0:0:0:0:203.0.113.7', '2001:db8::cb00:7107'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::FFFF:cb00:7107', '203.0.113.7'],
  ['::', '::'],
])('%s is the address %s', (text, address) => {
  expect(toCanonicalIpAddress(text)).toBe(address)
})

test.each([
  ...[
    '',
    ' ',
    '1',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '01.2.3.4',
    '1.2.3.4 ',
    '1.2.3.4.',
    '0x1.2.3.4',
  ],
  ...[
    '1.2.3.4:80',
    '1.2.3.4/32',
    '[::1]',
    '::1%lo',
    ':::',
    '1::2::3',
    'g::1',
    '1:2:3:4:5:6:7',
    'fe80::1%25eth0',
  ],
  ...['localhost', '::ffff:1.2.3', '2001:db8::1]:80/[', '１.2.3.4'],
])('"%s" is no address', (text) => {
  expect(toCanonicalIpAddress(text)).toBeNull()
})

test.each([
  ['203.0.113.7', ['203.0.113.7']],
  ['2001:db8:1:2:3:4:5:6', ['2001:db8:1:2', '2001:db8:1:0/56', '2001:db8:1/48']],
  ['2001:db8:1:ab34::', ['2001:db8:1:ab34', '2001:db8:1:ab00/56', '2001:db8:1/48']],
  ['2001:db8::1', ['2001:db8:0:0', '2001:db8:0:0/56', '2001:db8:0/48']],
  ['::1', ['0:0:0:0', '0:0:0:0/56', '0:0:0/48']],
])('%s belongs to %s', (address, networks) => {
  expect(networksOf(address).map(({ network }) => network)).toEqual(networks)
  expect(networksOf(address).map(({ size }) => size)).toEqual([1, 2, 4].slice(0, networks.length))
  expect(placeOfAddress(address)).toBe(networks[0])
})

test.each([
  ['192.0.2.1', true],
  ['198.51.100.1', true],
  ['2001:db8::1', true],
  ['100.63.255.255', true],
  ['100.64.0.0', false],
  ['100.127.255.255', false],
  ['100.128.0.0', true],
  ['172.15.0.1', true],
  ['172.32.0.1', true],
  ['fec0::1', true],
  ['fe80::1', false],
  ['febf::1', false],
  ['fdff::1', false],
  ['64:ff9b::10.0.0.1', false],
])('whether %s is one network’s only: %s', (address, is) => {
  expect(isPublicPlace(address)).toBe(is)
})
