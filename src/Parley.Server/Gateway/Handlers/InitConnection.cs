using System.Text.Json;
using Parley.Protocol.Codes;
using Parley.Protocol.Requests;
using Parley.Server.Identity;

namespace Parley.Server.Gateway.Handlers;

/// <summary>Gives a socket its identity and client properties in a frame, for clients that cannot set headers (protocol 6.4).</summary>
internal sealed class InitConnection(GatewayServices services) : IRequestHandler
{
    private const string Initialized = "OK Connection initialized";

    public void Handle(in Request request)
    {
        var connection = request.Connection;
        var jwt = default(string);
        foreach (var header in Lenient.Parse(request.Envelope.Headers).Items())
        {
            var type = header.Member("type").Text() ?? "";
            if (type.EndsWith("ConsumerAuthentication", StringComparison.Ordinal)) jwt = header.Member("jwt").Text();
            else if (type.EndsWith("ClientProperties", StringComparison.Ordinal)) connection.ClientProperties = ClientProperties.Normalise(header, connection.PeerAddress);
        }

        if (connection.Principal is not null) request.AnswerText(WireCode.Ok, Initialized);
        else if (jwt is null) request.AnswerError(WireCode.Unauthorized, "The header ConsumerAuthentication with a jwt is missing");
        else _ = request.Defer().GiveLaterAsync(services.Log, request.Verb, answer => IdentifyAsync(answer, jwt));
    }

    private async Task IdentifyAsync(PendingAnswer answer, string jwt)
    {
        var judging = services.Tokens.ValidateAsync(answer.Connection.AccountId, jwt);
        if (judging.IsCompletedSuccessfully)
        {
            Identify(answer, judging.Result);
            return;
        }

        answer.Connection.Pause(); // what he sends next is judged by who he is then
        try
        {
            Identify(answer, await judging);
        }
        finally
        {
            answer.Connection.Resume();
        }
    }

    private void Identify(PendingAnswer answer, TokenValidation validation)
    {
        if (validation.IsValid)
        {
            services.Identify(answer.Connection, validation.Consumer);
            answer.GiveText(WireCode.Ok, Initialized);
            return;
        }

        answer.GiveError(WireCode.Unauthorized, CloseReasons.IdentityInvalid);
        answer.Connection.Refuse(validation);
    }
}
