import { computed, ref, watch } from 'vue'
import { load } from './load'
import { day } from '../words'

/** Reads a resource as it stood on a day that can be chosen; at first today, as the hub counts it. */
export function loadOnDay<T extends { day: number }>(path: () => string) {
  const chosen = ref('') // "2026-11-24"; empty: today
  const loaded = load<T>(() => path() + (chosen.value ? '?day=' + chosen.value.replace(/-/g, '') : ''))
  watch(chosen, loaded.again)
  const shown = computed({
    get: () => chosen.value || day(loaded.value.value?.day),
    set: (to: string) => { if (!to || to >= '1900') chosen.value = to } // not while its year is being typed
  })
  return { ...loaded, shown }
}
