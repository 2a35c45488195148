# The gateway: nginx with the built web UI. docker build -f deploy/gateway.Dockerfile .
FROM node:20-bookworm-slim AS ui
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY frontend ./
RUN npm run build

FROM nginx:1.28-bookworm
COPY nginx/gateway.conf.template /etc/nginx/templates/default.conf.template
COPY --from=ui /src/frontend/dist /usr/share/nginx/html
# Docker's own name server: a service that is made anew may come back under another address.
RUN printf 'map_hash_bucket_size 128;\nresolver 127.0.0.11 valid=5s ipv6=off;\n' > /etc/nginx/conf.d/00-http.conf \
    && sed -i -e '/^user /d' -e 's#^pid .*#pid /tmp/nginx.pid;#' /etc/nginx/nginx.conf \
    && chown -R nginx:nginx /etc/nginx/conf.d /var/cache/nginx
ENV GATEWAY_LISTEN=8080 UI_ROOT=/usr/share/nginx/html API_RATE=100r/s SIGN_IN_RATE=5r/s PUBLIC_URL=""
USER nginx
EXPOSE 8080
