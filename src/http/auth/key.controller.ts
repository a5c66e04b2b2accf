import { Body, Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { DurableRuntime } from '../../durable/index.js';
import { ApiBodyProblems, ApiProblem, ApiStoreProblems } from '../openapi/api-problem.decorator.js';
import { ReasonBody } from '../params/reason.dto.js';
import { keyUnknown, lastAdminKey } from '../problem/request-error.js';
import { Revocations } from '../revocations/revocations.js';
import { AccessKeys, type KnownKey } from './access-keys.js';
import { Audited } from './audited.decorator.js';
import { Caller } from './caller.decorator.js';
import { KeyDto, KeyListDto, type KeyView } from './key.dto.js';
import { Roles } from './roles.decorator.js';

/** Lists the configured keys, and revokes a key without a restart. */
@ApiTags('keys')
@ApiStoreProblems()
@Roles('admin')
@Controller('keys')
export class KeyController {
  constructor(
    private readonly keys: AccessKeys,
    private readonly revocations: Revocations,
    private readonly runtime: DurableRuntime,
  ) {}

  @Get()
  @Audited('keys.read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'The configured keys',
    description: 'By their fingerprints; the service does not have the keys themselves.',
  })
  @ApiOkResponse({ type: KeyListDto })
  list(): { readonly items: readonly KeyView[] } {
    return { items: this.keys.all.map((key) => this.viewOf(key)) };
  }

  @Post(':fingerprint/revoke')
  @Audited('key.revoked')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Revoke a key for good',
    description:
      'Requests with it get 401 `key_revoked`, on every node and after every restart; its open streams end within five seconds. Its holder gets a new key in `ACCESS_KEYS`.',
  })
  @ApiParam({ name: 'fingerprint', example: '9f86d081884c7d65' })
  @ApiBody({ type: ReasonBody, required: false })
  @ApiOkResponse({ type: KeyDto })
  @ApiProblem(404, 'key_not_found', 'No configured key has this fingerprint.')
  @ApiProblem(409, 'key_last_admin', 'It is the last key of an admin that is in force.')
  @ApiBodyProblems()
  async revoke(
    @Param('fingerprint') fingerprint: string,
    @Body() { reason }: ReasonBody,
    @Caller() by: string,
  ): Promise<KeyView> {
    const key = this.keys.all.find((each) => each.fingerprint === fingerprint);
    if (key === undefined) throw keyUnknown();
    if (this.revocations.ofKey(fingerprint) !== null) return this.viewOf(key);
    const admins = this.keys.all.filter((each) => each.role === 'admin' && this.viewOf(each).state === 'in_force');
    if (admins.every((each) => each === key) && admins.length > 0) throw lastAdminKey();
    await this.revocations.revoke({ kind: 'key', subject: fingerprint, by, reason: reason ?? null });
    return this.viewOf(key);
  }

  private viewOf({ fingerprint, id, role, expiresAt }: KnownKey): KeyView {
    const revocation = this.revocations.ofKey(fingerprint);
    const isExpired = expiresAt !== null && this.runtime.clock.now() >= expiresAt;
    return {
      fingerprint,
      id,
      role,
      state: revocation !== null ? 'revoked' : isExpired ? 'expired' : 'in_force',
      expiresAt: timeOf(expiresAt),
      revokedAt: timeOf(revocation?.revokedAt ?? null),
      revokedBy: revocation?.by ?? null,
      reason: revocation?.reason ?? null,
    };
  }
}

const timeOf = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
