import { type PromptTable, SELECTION } from "./labelledPrompt.ts";

export const PLAN_PROMPTS: PromptTable = {
  en: [
    "plan the migration from REST to GraphQL",
    "How should we structure the storage layer?",
    "What would be a good architecture for a multi-tenant SaaS with about 200 customers?",
    "before you write any code, outline the steps to add two factor login",
    "i want to split our monolith into services, where do i start",
    "Design a database schema for a booking system with rooms, guests and recurring reservations",
    "how would you approach adding offline support to this app?",
    "break this feature down into tasks: users can share a folder with a link that expires",
    "give me a roadmap for moving from javascript to typescript in a 100k loc codebase",
    "We need to support SSO. Come up with two or three options with their trade-offs and recommend one. No code yet.",
    ["how would you go about testing this module? strategy only, no code", SELECTION],
    "whats the best way to organize a react project with 50+ components",
    "brainstorm ways to speed up our CI",
    "Make a plan to fix the flaky tests over the next two sprints",
    "Write a technical design document for the notification service",
    "think through how caching should work in our api before we implement it",
    "propose a folder structure for a fastapi backend",
    "What steps are needed to release this as an npm package?",
    "how do we get from a single server to something that scales to a million users",
    "estimate the work for replacing our home-grown ORM with Prisma and list the risks",
    "lets design the api first: a service that shortens urls",
    "todo list for getting this app production ready",
  ],
  de: [
    "Erstelle einen Plan für die Migration auf Kubernetes",
    "wie würdest du die architektur für eine chat app aufbauen?",
  ],
  fr: [
    "propose une architecture pour une application de réservation",
    "quelles sont les étapes pour migrer vers TypeScript ?",
  ],
  es: [
    "diseña la arquitectura de un sistema de pagos",
    "hazme un plan para migrar la base de datos sin tiempo de inactividad",
  ],
  zh: ["设计一个秒杀系统的架构", "帮我规划一下如何把单体应用拆分成微服务"],
  ja: ["マイクロサービスへの移行計画を立ててください"],
  ru: ["составь план перехода на микросервисы", "как лучше организовать структуру проекта на django?"],
};
