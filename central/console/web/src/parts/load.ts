import { onBeforeUnmount, ref, type Ref } from 'vue'
import { api } from '../api'

/** Reads a resource, keeps what was there while it is read again, and repeats every `everyMs` when that is given. */
export function load<T>(path: () => string, everyMs = 0) {
  const value = ref(null) as Ref<T | null>
  const loading = ref(true)
  const error = ref('')
  async function again() {
    try {
      value.value = await api<T>(path())
      error.value = ''
    } catch (e) {
      error.value = (e as Error).message
    } finally {
      loading.value = false
    }
  }
  again()
  const timer = everyMs ? setInterval(again, everyMs) : 0
  onBeforeUnmount(() => clearInterval(timer))
  return { value, loading, error, again }
}
