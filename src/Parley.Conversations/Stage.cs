namespace Parley.Conversations;

/// <summary>Whether a dialog or conversation still accepts events (protocol 15.1).</summary>
public enum Stage : byte { Open, Close }
