import { noAnswer, useCase } from '#db/use-case'
import { spendProof, spendProofParams } from './spent-proof.ts'

/** Spends the assertion by which a client has proven itself, at the head of the commit that it allows. Refuses `invalid_client`. */
export const spendClientAssertion = useCase('spend_client_assertion', spendProofParams, (p) => [
  spendProof(p, 'invalid_client'),
  noAnswer,
])
