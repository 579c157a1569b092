import { noAnswer, useCase } from '#db/use-case'
import { spendingProof, spendProof } from './spent-proof.ts'

/** Spends the assertion by which a client has proven itself, at the head of the commit that it allows. Refuses `invalid_client`. */
export const spendAssertion = useCase('spend_assertion', spendingProof, (p) => [
  spendProof(p, 'invalid_client'),
  noAnswer,
])
