using System.Text.Json.Nodes;
using Parley.Protocol.Codes;
using Parley.Protocol.Requests;
using Parley.Server.Identity;
using Parley.Server.Profiles;

namespace Parley.Server.Gateway.Handlers;

/// <summary>A consumer says who he is (protocol 13.2): the members given replace those stored, null takes away, the others stay.</summary>
internal sealed class SetUserProfile(GatewayServices services) : IRequestHandler
{
    public void Handle(in Request request)
    {
        var principal = request.Principal;
        var body = Lenient.Parse(request.Envelope.Body);
        var members = new BodyMembers(body);
        var userId = members.Text("userId");
        if (principal.IsAgent)
        {
            request.AnswerError(WireCode.Unauthorized, "Only a consumer sets his profile");
        }
        else if (!ProfileChange.TryRead(body, out var change, out var error) || (error = members.Fault) is not null)
        {
            request.AnswerError(WireCode.BadRequest, error);
        }
        else if (userId is { Length: > 0 } && userId != principal.UserId)
        {
            request.AnswerError(WireCode.Forbidden, "A consumer may only set his own profile");
        }
        else
        {
            // Begun here, so that requests behind this one on the socket read what it wrote.
            _ = request.Defer().GiveLaterAsync(services.Log, request.Verb, answer => ChangeAsync(answer, principal, change));
        }
    }

    private async Task ChangeAsync(PendingAnswer answer, Principal principal, JsonObject change)
    {
        if (await services.Profiles.ChangeAsync(principal.AccountId, principal.UserId, change)) answer.GiveText(WireCode.Ok, "OK User Profile set successfully");
        else answer.GiveError(WireCode.BadRequest, $"The profile would be larger than {ConsumerProfiles.Largest} bytes");
    }
}
