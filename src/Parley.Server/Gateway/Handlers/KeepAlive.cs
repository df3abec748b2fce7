using Parley.Protocol.Codes;

namespace Parley.Server.Gateway.Handlers;

/// <summary>Keeps the socket open (protocol 6.6).</summary>
internal sealed class KeepAlive : IRequestHandler
{
    public void Handle(in Request request) => request.AnswerText(WireCode.Ok, "OK");
}
