/*! Contains Apache ECharts 6.1.0, copyright 2017-2026 The Apache Software Foundation, Apache License 2.0, and ZRender 6.1.0, copyright 2017 Baidu Inc., BSD 3-Clause License. */
/**
 * The one door to the chart library. Only what a report draws is taken in (bars on two axes, as SVG), because it is bundled into
 * the node that builds reports.
 */
import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, GridComponent, AriaComponent, SVGRenderer]);

export { init };
