using Parley.Protocol.Codes;

namespace Parley.Server.Gateway.Frames;

/// <summary>A violation that ends the socket: no further frame of it is read.</summary>
internal sealed record FrameError(CloseCode Code, string Reason);
