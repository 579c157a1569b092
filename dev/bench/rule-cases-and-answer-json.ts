import { withConnection } from '../with-connection.ts'
import type { BenchService } from './bench-service.ts'
import type { Case } from './case.ts'
import type { BenchRequest } from './load.ts'
import { runAllJobs } from './run-jobs.ts'

const RULE = { minOrders: 5, lastOrderAfter: '-90d' }

type Page = { readonly data: readonly Record<string, string>[] }

export async function fetchAnswerJson<T>(
  { workerd, token }: BenchService,
  { method, path, body }: BenchRequest,
): Promise<T> {
  const answer = await fetch(`${workerd.urlOf('service')}${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${method} ${path.split('?')[0]} answered ${answer.status}`)
  return (await answer.json()) as T
}

/** A group with a rule that is carried out. */
async function ruled(stage: BenchService, key: string): Promise<void> {
  await fetchAnswerJson(stage, { method: 'POST', path: '/group', body: { key, rule: RULE } })
  await withConnection(stage.databaseUrl, (client) => runAllJobs(stage, client))
}

/** Some customers in the order of their creation, as spans of time with ten of them each. */
async function spansOf(stage: BenchService): Promise<object[]> {
  const spans: object[] = []
  const { data } = await fetchAnswerJson<Page>(stage, {
    method: 'GET',
    path: '/customer?sort=createdAt:asc&limit=100',
  })
  for (let at = 0; at + 10 < data.length; at += 10) {
    const [createdAfter, createdBefore] = [data[at]?.createdAt, data[at + 10]?.createdAt]
    spans.push({ createdAfter, createdBefore })
  }
  return spans
}

/** Requests about a group with a rule. */
export function ruleCases(run: string): Case[] {
  const key = `loyal-${run}`
  let turn = 0
  const any = <T>(list: readonly T[]): T | undefined => list[turn++ % list.length]
  let members: readonly (string | undefined)[] = []
  let spans: readonly object[] = []
  let isMade = false
  const prepare = async (stage: BenchService) => {
    if (isMade) return
    isMade = true
    await ruled(stage, key)
    await fetchAnswerJson(stage, {
      method: 'POST',
      path: '/group',
      body: { key: `changed-${run}` },
    })
    const page = await fetchAnswerJson<Page>(stage, {
      method: 'GET',
      path: `/group/${key}/member?limit=100`,
    })
    members = page.data.map(({ customerId }) => customerId)
    spans = await spansOf(stage)
  }
  const rule = (name: string, next: () => BenchRequest): Case => ({
    name,
    status: 200,
    next,
    prepare,
  })
  return [
    rule('GET /customer/{id}/group [rule]', () => ({
      method: 'GET',
      path: `/customer/${any(members)}/group`,
    })),
    rule('GET /group/{key}/member [rule]', () => ({
      method: 'GET',
      path: `/group/${key}/member`,
    })),
    rule('POST /group-preview', () => ({
      method: 'POST',
      path: '/group-preview',
      body: { rule: RULE },
    })),
    rule('POST /group/{key}/member [filter]', () => ({
      method: 'POST',
      path: `/group/all${turn}-${run}/member`,
      body: { add: { filter: any(spans) } },
    })),
    rule('PATCH /group/{key} [rule]', () => ({
      method: 'PATCH',
      path: `/group/changed-${run}`,
      body: { rule: { minOrders: ++turn } },
    })),
  ]
}
