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
