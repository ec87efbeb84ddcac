import { createApp } from 'vue'
import { createRouter, createWebHistory } from 'vue-router'
import {
  ElAlert, ElButton, ElEmpty, ElForm, ElFormItem, ElInput, ElSkeleton, ElTable, ElTableColumn, ElTimeline, ElTimelineItem
} from 'element-plus'
import 'element-plus/es/components/base/style/css'
import 'element-plus/es/components/alert/style/css'
import 'element-plus/es/components/button/style/css'
import 'element-plus/es/components/empty/style/css'
import 'element-plus/es/components/form/style/css'
import 'element-plus/es/components/form-item/style/css'
import 'element-plus/es/components/input/style/css'
import 'element-plus/es/components/skeleton/style/css'
import 'element-plus/es/components/table/style/css'
import 'element-plus/es/components/table-column/style/css'
import 'element-plus/es/components/timeline/style/css'
import 'element-plus/es/components/timeline-item/style/css'
import './style.css'
import App from './App.vue'
import { me } from './api'
import LogIn from './pages/LogIn.vue'
import Start from './pages/Start.vue'
import Sites from './pages/Sites.vue'
import Site from './pages/Site.vue'
import Calendar from './pages/Calendar.vue'
import Quality from './pages/Quality.vue'
import Identities from './pages/Identities.vue'
import Identity from './pages/Identity.vue'
import Majors from './pages/Majors.vue'
import Powers from './pages/Powers.vue'
import Power from './pages/Power.vue'
import Datasets from './pages/Datasets.vue'
import Dataset from './pages/Dataset.vue'
import Findings from './pages/Findings.vue'
import Finding from './pages/Finding.vue'
import Prompts from './pages/Prompts.vue'
import Rules from './pages/Rules.vue'
import RuleDraft from './pages/RuleDraft.vue'
import RuleVersion from './pages/RuleVersion.vue'

const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/login', component: LogIn },
    { path: '/', component: Start },
    { path: '/sites', component: Sites },
    { path: '/sites/:id', component: Site, props: true },
    { path: '/calendar', component: Calendar },
    { path: '/quality', component: Quality },
    { path: '/identity', component: Identities },
    { path: '/identity/:id', component: Identity, props: true },
    { path: '/majors', component: Majors },
    { path: '/powers', component: Powers },
    { path: '/powers/:unit', component: Power, props: true },
    { path: '/datasets', component: Datasets },
    { path: '/datasets/:id', component: Dataset, props: true },
    { path: '/findings', component: Findings },
    { path: '/findings/:id', component: Finding, props: true },
    { path: '/rules', component: Rules },
    { path: '/rules/draft', component: RuleDraft },
    { path: '/rules/versions/:id', component: RuleVersion, props: true },
    { path: '/prompts', component: Prompts },
    { path: '/:rest(.*)', redirect: '/' }
  ]
})

router.beforeEach(async (to) => {
  const user = await me()
  if (!user && to.path !== '/login') return { path: '/login', query: { next: to.fullPath } }
  if (user && to.path === '/login') return '/'
  return true
})

const app = createApp(App)
for (const part of [
  ElAlert, ElButton, ElEmpty, ElForm, ElFormItem, ElInput, ElSkeleton, ElTable, ElTableColumn, ElTimeline, ElTimelineItem
]) app.component(part.name!, part)
app.use(router).mount('#app')
