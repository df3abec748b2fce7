using Parley.Protocol.Codes;
using Parley.Protocol.Requests;
using Parley.Server.Identity;
using Parley.Server.Routing;

namespace Parley.Server.Gateway.Handlers;

/// <summary>An agent says whether he takes work (protocol 12.1).</summary>
internal sealed class SetAgentState(GatewayServices services) : IRequestHandler
{
    public void Handle(in Request request)
    {
        var body = BodyMembers.Of(request.Envelope.Body);
        var availability = body.Text("availability");
        var agentId = body.Text("agentUserId");
        var reason = body.Text("reason") ?? "";
        var description = body.Text("description") is { Length: > 0 } words ? words : Text(request.Principal.AccountId, reason);
        if (body.Fault is { } fault)
        {
            request.AnswerError(WireCode.BadRequest, fault);
        }
        else if (!AgentAvailability.IsState(availability))
        {
            request.AnswerError(WireCode.BadRequest, "availability must be ONLINE, OCCUPIED, BACK_SOON, AWAY or OFFLINE");
        }
        else if (!string.IsNullOrEmpty(agentId) && services.Agents.Find(request.Principal.AccountId, agentId)?.Pid != request.Principal.UserId)
        {
            request.AnswerError(WireCode.Forbidden, "agentUserId is not the agent of this socket");
        }
        else
        {
            request.AnswerText(WireCode.Accepted, "Agent state updated successfully");
            services.Routing.Of(request.Principal.AccountId).SetState(request.Principal.UserId, new(availability!, description.Length > 128 ? description[..128] : description));
        }
    }

    // A reason is named by its id (protocol 22) or given in words.
    private string Text(string accountId, string reason) =>
        (services.Settings(accountId).StatusReasons ?? StatusReason.Defaults).FirstOrDefault(known => known.Id == reason && known.Enabled)?.Text ?? reason;
}
