using System.Text.Json;
using Parley.Protocol.Codes;
using Parley.Protocol.Requests;

namespace Parley.Server.Gateway.Handlers;

/// <summary>Gives a socket its identity and client properties in a frame, for clients that cannot set headers (protocol 6.4).</summary>
internal sealed class InitConnection(GatewayServices services) : IRequestHandler
{
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

        if (connection.Principal is null && !TryIdentify(request, jwt)) return;
        request.AnswerText(WireCode.Ok, "OK Connection initialized");
    }

    private bool TryIdentify(in Request request, string? jwt)
    {
        var connection = request.Connection;
        if (jwt is null)
        {
            request.AnswerError(WireCode.Unauthorized, "The header ConsumerAuthentication with a jwt is missing");
            return false;
        }

        var validation = services.Tokens.Validate(connection.AccountId, jwt);
        if (validation.IsValid)
        {
            services.Identify(connection, validation.Consumer);
            return true;
        }

        request.AnswerError(WireCode.Unauthorized, CloseReasons.IdentityInvalid);
        connection.Refuse(validation);
        return false;
    }
}
