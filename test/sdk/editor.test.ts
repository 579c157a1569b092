import { beforeAll, expect, test } from 'vitest'
import { type Member, membersOfSdk } from './editor.ts'

let members: readonly Member[]
beforeAll(async () => {
  members = await membersOfSdk()
}, 60_000)

const pathsOf = (found: readonly Member[]) => found.map(({ path }) => path)
const isNumber = ({ type }: Member) => /^number( \| \w+)*$/.test(type)
const endOf = ({ path }: Member) => path.split('.').at(-1) ?? ''

test('an editor shows a text for every member that a program reaches', () => {
  // The walk has come to calls, to what they take, and to what they resolve with.
  expect(pathsOf(members)).toEqual(
    expect.arrayContaining([
      'Commerce().customers.addAddress',
      'Commerce().auth.passkey.login',
      'Commerce().session',
      'CommerceError().detail',
    ]),
  )
  expect(members.length).toBeGreaterThan(1_000)
  expect(pathsOf(members.filter(({ text }) => text === ''))).toEqual([])
})

test('every amount says that it counts minor units', () => {
  const paths = new Set(pathsOf(members))
  // Other totals count items.
  const hasCurrency = ({ path }: Member) => paths.has(path.replace(/\w+$/, 'currency'))
  const amounts = members.filter(
    (member) =>
      isNumber(member) &&
      (/^(amount|refunded|.*spent)$/i.test(endOf(member)) ||
        (endOf(member) === 'total' && hasCurrency(member))),
  )
  expect(amounts.length).toBeGreaterThan(10)
  expect(pathsOf(amounts.filter(({ text }) => !/minor units/i.test(text)))).toEqual([])
})

test('every duration says its unit', () => {
  const isDuration =
    /^(.*seconds|.*days|duration.*|timeout|expiresIn|expires_in|retryAfter|tolerance|within|wait.*)$/i
  const durations = members.filter((member) => isNumber(member) && isDuration.test(endOf(member)))
  expect(durations.length).toBeGreaterThan(4)
  expect(pathsOf(durations.filter(({ text }) => !/second|day/i.test(text)))).toEqual([])
})
