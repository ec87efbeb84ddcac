import { onBeforeUnmount, ref, type Ref } from 'vue'
import { api } from '../api'

/** Reads a resource, keeps what was there while it is read again, and repeats every `everyMs` when that is given. */
export function load<T>(path: () => string, everyMs = 0) {
  const value = ref(null) as Ref<T | null>
  const loading = ref(true)
  const error = ref('')
  let asked = 0
  async function again() {
    const mine = ++asked // an answer that comes after a newer question is dropped
    try {
      const read = await api<T>(path())
      if (mine !== asked) return
      value.value = read
      error.value = ''
    } catch (e) {
      if (mine === asked) error.value = (e as Error).message
    } finally {
      if (mine === asked) loading.value = false
    }
  }
  again()
  const timer = everyMs ? setInterval(again, everyMs) : 0
  onBeforeUnmount(() => clearInterval(timer))
  return { value, loading, error, again }
}

/** The list of findings as it was last looked at, filters and page included: where "back" leads. */
export const lastList = ref('/findings')
