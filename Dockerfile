# One image for web, worker and release; the command decides which.
FROM node:24-slim AS build
WORKDIR /sluice
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm run package -- /production

FROM node:24-slim
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1
WORKDIR /sluice
COPY --from=build --chown=node:node /production .
USER node
EXPOSE 3000
CMD ["env","MALLOC_ARENA_MAX=1","MALLOC_MMAP_THRESHOLD_=131072","node","--max-old-space-size=128","--max-semi-space-size=4","--liftoff-only","dist/web.mjs"]
