import { expect, test } from 'vitest'
import { closestName } from '#kernel/closest-name'

const names = ['firstName', 'lastName', 'limit', 'max_addresses', 'id']

test.each([
  ['fristName', 'firstName'],
  ['FirstName', 'firstName'],
  ['first_name', 'firstName'],
  ['first-name', 'firstName'],
  ['lastNam', 'lastName'],
  ['limt', 'limit'],
  ['limits', 'limit'],
  ['maxAdresses', 'max_addresses'],
  ['name', undefined],
  ['surname', undefined],
  ['', undefined],
  ['constructor', undefined],
  [`firstName${'_'.repeat(51)}`, 'firstName'],
  [`firstName${'_'.repeat(52)}`, undefined],
])('%s probably stands for %s', (word, meant) => {
  expect(closestName(word, names)).toBe(meant)
})

test('of two that are near, the nearer one is meant', () => {
  expect(closestName('lastOrderAftr', ['lastOrderAt', 'lastOrderAfter'])).toBe('lastOrderAfter')
})
