"""A program of somebody else's: the plain OpenTelemetry SDK for Python sends two spans, a log line and figures by OTLP/HTTP (protobuf, gzip)."""
import json, logging, sys
from opentelemetry import trace
from opentelemetry._logs import set_logger_provider
from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

url, key = sys.argv[1:]
at = lambda path: {"endpoint": f"{url}{path}", "headers": {"authorization": f"Bearer {key}"}, "compression": Compression.Gzip, "timeout": 5}
resource = Resource.create({"service.name": "foreign"})
spans, logs = TracerProvider(resource=resource), LoggerProvider(resource=resource)
spans.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(**at("/v1/traces"))))
logs.add_log_record_processor(BatchLogRecordProcessor(OTLPLogExporter(**at("/v1/logs"))))
set_logger_provider(logs)
meters = MeterProvider(resource=resource, metric_readers=[PeriodicExportingMetricReader(OTLPMetricExporter(**at("/v1/metrics")))])
seconds = meters.get_meter("foreign").create_histogram("http.server.request.duration", unit="s")
sold = meters.get_meter("foreign").create_counter("things.sold")
logger = logging.getLogger("foreign")
logger.addHandler(LoggingHandler(logger_provider=logs))

tracer = spans.get_tracer("foreign")
with tracer.start_as_current_span("GET /things", kind=trace.SpanKind.SERVER, attributes={"http.response.status_code": 200, "tags": ["a", "b"]}) as root:
    with tracer.start_as_current_span("look"):
        logger.warning("there are few left")
for answered in range(40):
    seconds.record(0.02, {"http.request.method": "GET", "http.route": "/things", "http.response.status_code": 200 if answered % 4 else 500})
sold.add(7, {"kind": "apple"})
for provider in (spans, logs, meters):
    provider.force_flush()
    provider.shutdown()
print(json.dumps(format(root.get_span_context().trace_id, "032x")))
