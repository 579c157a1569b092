import { make } from './element.js'

const MOST = 14

/** The number of an order, cut where it is long. The whole is its title. */
export const orderNumber = (id) =>
  make('span', { class: 'number', title: id }, id.length > MOST ? `${id.slice(0, MOST - 1)}…` : id)
