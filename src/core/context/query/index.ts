export { purgeUseCase } from './purge-use-case.ts'
