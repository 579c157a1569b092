import { make } from '../element.js'
import { listCard } from '../list.js'
import { orderNumber } from '../order-number.js'
import { commerce } from '../shop.js'

export const orders = () =>
  listCard('Orders', {
    empty:
      'No order yet. After a login, what you ordered as a guest comes here by itself, mostly within seconds.',
    items: () => commerce.customers.listOrders(),
    row: ({ id, total, currency, placedAt }) => [
      make(
        'span',
        {},
        orderNumber(id),
        `, ${amount(total, currency)}, ${new Date(placedAt).toLocaleDateString()}`,
      ),
    ],
  })

/** The service counts in minor units, such as cents. */
function amount(total, currency) {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  return format.format(total / 10 ** format.resolvedOptions().maximumFractionDigits)
}
