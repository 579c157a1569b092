export { spendProof, spendProofParams } from './spent-proof.ts'
