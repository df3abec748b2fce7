namespace Parley.Server.Hosting;

/// <summary>How log lines look on standard error.</summary>
public enum LogFormat : byte { Text, Json }
