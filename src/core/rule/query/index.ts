export { enqueueJudgeJobs } from './enqueue-judge-jobs.ts'
