export { spendingProof, spendProof } from './spent-proof.ts'
