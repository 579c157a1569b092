import type pg from 'pg'
import { type Stage, TENANT } from './stage.ts'

const MINUTE_MS = 60_000

/** Does what is due at a moment, minute after minute without the pause between them, until nothing is left. Answers how many that took. */
export async function runMinutes(stage: Stage, client: pg.Client, from: Date): Promise<number> {
  for (let minutes = 0; ; minutes++) {
    const at = new Date(from.getTime() + minutes * MINUTE_MS)
    const answer = await fetch(`${stage.workerd.urlOf('broker')}/cron`, {
      method: 'POST',
      body: JSON.stringify(at),
    })
    const { outcome } = (await answer.json()) as { outcome: string }
    if (outcome !== 'ok') throw new Error(`a minute ended with ${outcome}`)
    const { rows } = await client.query('select from tick where tenant = $1 and due_at <= $2', [
      TENANT,
      at,
    ])
    if (rows.length === 0) return minutes + 1
  }
}
