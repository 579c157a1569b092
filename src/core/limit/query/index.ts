export { spendQuota, spendQuotaParams } from './quota.ts'
