import { Controller, Get, Header, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProperty, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiProblem } from '../../http/openapi/api-problem.decorator.js';
import { Roles } from '../../http/auth/roles.decorator.js';
import { FeatureError } from '../../http/problem/feature-error.js';
import type { Chart } from '../chart/chart-model.js';
import { MachineCatalogue, type MachineDrawings, type MachineSummary } from './machine-catalogue.js';

class MachineSummaryDto implements MachineSummary {
  @ApiProperty({ example: 'order' })
  readonly id!: string;
  @ApiProperty({ example: '1' })
  readonly version!: string;
  @ApiProperty({ example: true, description: 'New actors start on this version.' })
  readonly current!: boolean;
  @ApiProperty({ type: String, nullable: true, example: null, description: 'The machine whose child it is.' })
  readonly childOf!: string | null;
}

class MachineListDto {
  @ApiProperty({ type: [MachineSummaryDto] })
  readonly items!: readonly MachineSummaryDto[];
}

const ApiVersion = () =>
  ApiQuery({ name: 'version', required: false, example: '1', description: 'Default: the current one.' });

/** Serves definitions and drawings of the machines of this process. Those of one version never change. */
@ApiTags('machines')
@Roles('operator')
@Controller('machines')
export class MachinesController {
  constructor(private readonly machines: MachineCatalogue) {}

  @Get()
  @Header('Cache-Control', 'no-cache')
  @ApiOperation({ summary: 'List machines', description: 'All versions, and the child machines in them.' })
  @ApiOkResponse({ type: MachineListDto })
  list(): { readonly items: readonly MachineSummary[] } {
    return { items: this.machines.list() };
  }

  @Get(':id/chart')
  @Header('Cache-Control', 'no-cache')
  @ApiOperation({
    summary: "A machine's chart",
    description: 'States and transitions, child machines in their places; the ids are those in the SVG.',
  })
  @ApiParam({ name: 'id', example: 'order' })
  @ApiVersion()
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  @ApiProblem(404, 'machine_not_found', 'There is no such machine, or not in this version.')
  chart(@Param('id') id: string, @Query('version') version?: string): Chart {
    return this.found(id, version).chart;
  }

  @Get(':file')
  @Header('Cache-Control', 'no-cache')
  @ApiOperation({
    summary: 'A machine: its definition, or a drawing',
    description:
      '`order` is the definition as JSON, which opens in Stately Studio; `order.svg` the chart with child machines in their places; `order.mmd` the same for Mermaid.',
  })
  @ApiParam({ name: 'file', example: 'order.svg' })
  @ApiVersion()
  @ApiOkResponse({
    content: {
      'application/json': { schema: { type: 'object', additionalProperties: true } },
      'image/svg+xml': { schema: { type: 'string' } },
      'text/plain': { schema: { type: 'string' } },
    },
  })
  @ApiProblem(404, 'machine_not_found', 'There is no such machine, or not in this version.')
  async file(
    @Param('file') file: string,
    @Res({ passthrough: true }) response: Response,
    @Query('version') version?: string,
  ): Promise<unknown> {
    const [, id = file, kind] = /^(.+)\.(svg|mmd)$/.exec(file) ?? [];
    const drawings = this.found(id, version);
    switch (kind) {
      case 'svg':
        response.type('image/svg+xml');
        return drawings.svg();
      case 'mmd':
        response.type('text/plain; charset=utf-8');
        return drawings.mermaid;
      case undefined:
      default:
        return drawings.definition;
    }
  }

  /** @throws FeatureError when there is no such machine. */
  private found(id: string, version: string | undefined): MachineDrawings {
    const drawings = this.machines.find(id, version);
    if (drawings === null) throw new FeatureError('not_found', 'machine_not_found', 'There is no such machine.');
    return drawings;
  }
}
