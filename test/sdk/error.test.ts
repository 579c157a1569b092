import { expect, test } from 'vitest'
import { openapiText } from '../../dev/openapi.ts'
import { errorOf } from '../../src/sdk/error.ts'

/** They have other names in the client's error, or are for people. */
const renamed = ['type', 'title', 'status', 'code', 'detail', 'requestId', 'retryAfter']
const { properties } = JSON.parse(openapiText()).components.schemas.Problem
const members = Object.keys(properties).filter((name) => !renamed.includes(name))

test.each(members)('the error of a call has %s of the refusal', (name) => {
  const text = JSON.stringify({ code: 'invalid_input', detail: 'x', [name]: 'told' })
  const error = errorOf({ status: 422, headers: new Headers(), text })
  expect(error).toHaveProperty(name, 'told')
})
