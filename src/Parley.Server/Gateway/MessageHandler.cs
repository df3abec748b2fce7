namespace Parley.Server.Gateway;

/// <summary>Takes one text message of a socket; its memory lives as long as the call.</summary>
internal delegate void MessageHandler(Connection connection, ReadOnlySpan<byte> message);
