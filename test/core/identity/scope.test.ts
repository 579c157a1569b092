import { expect, test } from 'vitest'
import { narrowScope } from '#core/identity'
import { Refusal } from '#kernel/error'

const detailOf = (asked: string): string | undefined => {
  try {
    narrowScope(['customer:read'], asked)
  } catch (error) {
    if (error instanceof Refusal) return error.details.detail
  }
  return undefined
}

test.each([
  ['customer:read', undefined],
  [' ', 'The scope is blank. Leave it out to get all scopes.'],
  ['secret', 'The service has no such scope. Check the spelling.'],
  [
    'customer:wirte',
    'The service has no such scope. Did you mean `customer:write`? Check the spelling.',
  ],
  [
    'customer:read order:write',
    'The client or the session lacks `order:write`. Ask for fewer scopes, or add the missing ones to the client.',
  ],
])('the scope %j', (asked, detail) => {
  expect(detailOf(asked)).toBe(detail)
})
