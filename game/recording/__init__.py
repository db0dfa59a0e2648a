"""What a drive leaves behind: lap results and telemetry, listened to and never read by the tick."""
