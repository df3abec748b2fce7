using Parley.Protocol.Envelope;

namespace Parley.Server.Gateway.Handlers;

/// <summary>The server's clock (protocol 6.6); answered on sockets without identity too.</summary>
internal sealed class GetClock(GatewayServices services) : IRequestHandler
{
    public void Handle(in Request request) =>
        request.Answer(Answers.Clock(Scratch.Answer, request.Envelope.Id, request.Dialect, services.Time.GetUtcNow().ToUnixTimeMilliseconds()));
}
