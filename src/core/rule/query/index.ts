export { enqueueJudging } from './enqueue.ts'
