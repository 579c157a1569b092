export { notedFeedEnd, noteFeedEnd } from './feed-end.ts'
export { isEventErased } from './is-event-erased.ts'
export * from './oldest-writer-age.ts'
