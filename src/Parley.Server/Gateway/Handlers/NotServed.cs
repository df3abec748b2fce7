using Parley.Protocol.Codes;

namespace Parley.Server.Gateway.Handlers;

/// <summary>Refuses a request that is known and not served.</summary>
internal sealed class NotServed : IRequestHandler
{
    public void Handle(in Request request) => request.AnswerError(WireCode.BadRequest, "Not served");
}
