import * as z from 'zod'
import type { FindReadOnly } from '#kernel/input-problems-of-error'
import { fieldNamesAt } from '#kernel/schema-field-names'
import type { RouteKey } from './access.ts'

/** The routes that change what a `POST` or a `PATCH` of the resource leaves alone. */
export const routesChangingReadOnlyFields: Readonly<
  Record<string, Readonly<Record<string, RouteKey | readonly RouteKey[]>>>
> = {
  Customer: {
    status: ['POST /customer/{id}/disable', 'POST /customer/{id}/enable'],
    emailVerified: 'POST /auth/verify-email',
    addresses: 'POST /customer/{id}/address',
    groups: 'POST /customer/{id}/group',
    consents: 'PUT /customer/{id}/consent/{purpose}',
    orderCount: 'PUT /customer/{id}/order/{orderId}',
    totalSpent: 'PUT /customer/{id}/order/{orderId}',
    spent: 'PUT /customer/{id}/order/{orderId}',
    lastOrderAt: 'PUT /customer/{id}/order/{orderId}',
    mergedFrom: 'POST /customer/{id}/merge',
  },
  NewMembership: { groups: 'POST /customer/{id}/group' },
  Webhook: { status: 'PATCH /webhook/{id}', disabledReason: 'PATCH /webhook/{id}' },
  WebhookWithSecret: {
    status: 'PATCH /webhook/{id}',
    disabledReason: 'PATCH /webhook/{id}',
    secret: 'POST /webhook/{id}/rotate-secret',
    previousSecretUntil: 'POST /webhook/{id}/rotate-secret',
  },
}

/** Says of a name that one of the answers has that it is read-only, and which route changes it. */
export const makeReadOnlyFieldExplainer =
  (answers: readonly z.core.$ZodType[]): FindReadOnly =>
  (path, name) => {
    const answer = answers.find((one) => fieldNamesAt(one, path).includes(name))
    if (answer === undefined) return undefined
    const id = answer instanceof z.ZodType ? answer.meta()?.id : undefined
    const ways =
      path.length === 0 && id !== undefined ? routesChangingReadOnlyFields[id]?.[name] : undefined
    return `This field is read-only.${ways === undefined ? '' : sentenceOf([ways].flat())}`
  }

const sentenceOf = (ways: readonly RouteKey[]): string =>
  ` ${ways.map((way) => `\`${way}\``).join(' and ')} ${ways.length === 1 ? 'changes' : 'change'} it.`
