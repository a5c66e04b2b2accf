import { Controller, Get, Header, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Audited } from '../http/auth/audited.decorator.js';
import { Roles } from '../http/auth/roles.decorator.js';
import { ApiProblem, ApiStoreProblems } from '../http/openapi/api-problem.decorator.js';
import { cursorInvalid } from '../http/problem/request-error.js';
import { AUDIT_LOG, type AuditEntry, type AuditLog } from './audit-log.port.js';
import { AuditPageDto, AuditQuery, type AuditView } from './audit.dto.js';

/** Who of the staff did what. */
@ApiTags('audit')
@Controller('audit')
export class AuditController {
  constructor(@Inject(AUDIT_LOG) private readonly log: AuditLog) {}

  @Get()
  @Roles('admin')
  @Audited('audit.read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'Who of the staff read, changed or purged what',
    description:
      'Newest first, in pages. An entry is written before its request is carried out, and can be neither changed nor deleted.',
  })
  @ApiOkResponse({ type: AuditPageDto })
  @ApiProblem(400, 'request_invalid', 'A filter, the limit or the cursor is invalid.')
  @ApiStoreProblems()
  async list(
    @Query() { by, action, subject, limit = 50, cursor }: AuditQuery,
  ): Promise<{ readonly items: readonly AuditView[]; readonly next: string | null }> {
    if (cursor !== undefined && !/^\d{15}-[0-9a-f-]{36}$/.test(cursor)) throw cursorInvalid();
    const found = await this.log.list({ by, action, subject, limit: limit + 1, before: cursor });
    const items = found.slice(0, limit);
    return { items: items.map(viewOf), next: found.length > limit ? (items.at(-1)?.auditId ?? null) : null };
  }
}

function viewOf({ auditId: id, at, ...entry }: AuditEntry): AuditView {
  return { id, at: new Date(at).toISOString(), ...entry };
}
