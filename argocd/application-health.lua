-- How healthy an Application is that another Application applied. Argo CD has no answer of its own, so the next wave would not wait.
-- Its health alone is not enough: it is that of the objects which are there already, and may be older than the last change.

local function is(status, message)
  return { status = status, message = message }
end

local spec, status = obj.spec or {}, obj.status or {}
local health, sync, last = status.health or {}, status.sync or {}, status.operationState or {}

if obj.operation ~= nil or last.phase == "Running" or last.phase == "Terminating" then
  return is("Progressing", "a sync is under way")
end
if health.status == nil or sync.status == nil then
  return is("Progressing", "Argo CD has not looked at it yet")
end

local wanted, compared = spec.source or {}, (sync.comparedTo or {}).source or {}
local include = (wanted.directory or {}).include
if wanted.repoURL ~= compared.repoURL or wanted.path ~= compared.path or wanted.targetRevision ~= compared.targetRevision
  or include ~= (compared.directory or {}).include then
  return is("Progressing", "its source was changed and is not compared yet")
end

-- A failed sync, also of a migration or a smoke test, which are no part of its health.
local revision = (last.syncResult or {}).revision
if (last.phase == "Failed" or last.phase == "Error") and revision == sync.revision then
  return is("Degraded", last.message or "its last sync failed")
end

local automated = (spec.syncPolicy or {}).automated
if sync.status == "OutOfSync" and automated ~= nil and automated.enabled ~= false and revision ~= sync.revision then
  return is("Progressing", "automatic sync is about to begin")
end

return is(health.status, health.message or "")
