import { describe, expect, test } from 'vitest'
import { canonicalUrl, isAllowedUrl } from '#core/delivery'

const live = { publicUrl: 'https://customer.shop.example/api', hosts: [], development: false }
const local = { publicUrl: 'http://localhost:8787', hosts: [], development: true }

describe('a webhook may be sent to a public name over TLS', () => {
  test.each([
    'https://shop.example',
    'https://hooks.shop.example/customer?key=1',
    'https://shop.example:8443/',
    'https://SHOP.example./',
    'https://xn--bcher-kva.example/',
    'https://bücher.example/',
    'https://10.shop.example/',
    'https://my_shop.example/',
    `https://${'a'.repeat(63)}.example/`,
    'https://internal.shop.example/',
  ])('%s', (url) => expect(isAllowedUrl(url, live)).toBe(true))
})

describe('and to nothing else', () => {
  test.each([
    // no TLS, other schemes, no URL at all
    'http://shop.example/',
    'ftp://shop.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/plain,x',
    'shop.example',
    '//shop.example',
    '',
    // credentials
    'https://user@shop.example/',
    'https://user:password@shop.example/',
    // addresses in every spelling
    'https://127.0.0.1/',
    'https://10.1.2.3/',
    'https://172.16.0.1/',
    'https://192.168.0.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://100.64.0.1/',
    'https://0/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://8.8.8.8/',
    'https://[::1]/',
    'https://[::ffff:169.254.169.254]/',
    'https://[fd00::1]/',
    'https://[fe80::1]/',
    'https://１２７.０.０.１/',
    // names that lead nowhere public
    'https://localhost/',
    'https://localhost./',
    'https://api.localhost/',
    'https://printer.local/',
    'https://metadata.google.internal/',
    'https://intranet/',
    'https://router.lan/',
    'https://nas.home.arpa/',
    'https://127.0.0.1.nip.io/',
    'https://10-0-0-1.sslip.io/',
    'https://app.localtest.me/',
    'https://10.0.0.1.traefik.me/',
    'https://api.localhost.direct/',
    'https://shop.invalid/',
    'https://shop.onion/',
    'https://shop.alt/',
    'https://1.0.0.10.in-addr.arpa/',
    // no names at all
    'https://.example/',
    'https://shop..example/',
    'https://shop.example../',
    'https://./',
    `https://${'a'.repeat(64)}.example/`,
    `https://${'a.'.repeat(124)}example/`,
    'https://shop!.example/',
    "https://shop'.example/",
    // ourselves
    'https://customer.shop.example/webhook',
    'https://CUSTOMER.shop.example.:443/',
  ])('%s', (url) => expect(isAllowedUrl(url, live)).toBe(false))
})

test("in development, a developer's own machine is allowed too, and no other", () => {
  for (const url of [
    'http://localhost:3000/hook',
    'https://localhost:3000/',
    'http://127.0.0.1:3000/',
    'http://[::1]:3000/',
    'https://shop.example/',
  ]) {
    expect(isAllowedUrl(url, local), url).toBe(true)
  }
  for (const url of [
    'http://shop.example/',
    'http://192.168.0.1/',
    'http://user:password@localhost/',
    'ftp://localhost/',
    'https://169.254.169.254/',
  ]) {
    expect(isAllowedUrl(url, local), url).toBe(false)
  }
})

describe('a URL has one form', () => {
  test.each([
    ['https://shop.example', 'https://shop.example/'],
    ['HTTPS://SHOP.Example/Hook?A=b', 'https://shop.example/Hook?A=b'],
    ['https:\\\\shop.example\\a\\b', 'https://shop.example/a/b'],
    ['https:/shop.example/a', 'https://shop.example/a'],
    ['https:shop.example/a', 'https://shop.example/a'],
    ['https:///shop.example/a', 'https://shop.example/a'],
    ['https://shop.example:443/a', 'https://shop.example/a'],
    ['https://shop.example:0443/a', 'https://shop.example/a'],
    ['https://shop.example:/a', 'https://shop.example/a'],
    ['http://localhost:80/a', 'http://localhost/a'],
    ['https://shop.example:8443/a', 'https://shop.example:8443/a'],
    ['https://shop.example/a#part', 'https://shop.example/a'],
    ['https://shop.example/a#', 'https://shop.example/a'],
    ['https://shop.example/a?b#c?d', 'https://shop.example/a?b'],
    ['https://sh\u00adop.example/a', 'https://shop.example/a'],
    ['https://sh\u200bop.example/a', 'https://shop.example/a'],
    ['https://ｓｈｏｐ．ｅｘａｍｐｌｅ/a', 'https://shop.example/a'],
    ['https://shop。example/a', 'https://shop.example/a'],
    ['https://sh%6Fp.example/a', 'https://shop.example/a'],
    ['https://bücher.example/ä', 'https://xn--bcher-kva.example/%C3%A4'],
    ['https://shop.example/a\u00adb', 'https://shop.example/a%C2%ADb'],
    ['https://shop.example/a/../b/./c', 'https://shop.example/b/c'],
    ['https://shop.example/a/%2e%2e/b', 'https://shop.example/b'],
    ['https://@shop.example/a', 'https://shop.example/a'],
    ['https://user@shop.example/a', 'https://user@shop.example/a'],
    ['https://0x7f.1/a', 'https://127.0.0.1/a'],
  ])('%j is %s, and so is that', (text, form) => {
    expect([canonicalUrl(text), canonicalUrl(form)]).toEqual([form, form])
  })

  test.each([
    ['blank', ' '],
    ['tabulator', '\t'],
    ['line end', '\n'],
    ['carriage return', '\r'],
    ['form feed', '\f'],
    ['NUL', '\0'],
    ['escape', '\u001b'],
    ['delete', '\u007f'],
    ['control character of the second block', '\u0085'],
    ['blank of full width', '\u3000'],
    ['blank without a break', '\u00a0'],
    ['line separator', '\u2028'],
    ['byte order mark', '\ufeff'],
  ])('and none with a %s, wherever it is', (_, char) => {
    for (const text of [
      `${char}https://shop.example/a`,
      `https://shop.example/a${char}`,
      `https://sh${char}op.example/a`,
      `https://shop.example/a${char}b`,
      `ht${char}tps://shop.example/a`,
      `https:/${char}/shop.example/a#${char}`,
    ]) {
      expect(canonicalUrl(text), JSON.stringify(text)).toBeNull()
    }
  })
})
