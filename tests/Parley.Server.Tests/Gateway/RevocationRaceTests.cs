using Parley.Protocol;
using Parley.Protocol.Codes;
using Parley.Server.Gateway;
using Parley.Server.Hosting;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Server.Tests.Gateway;

/// <summary>Identities that are taken back while their socket opens.</summary>
public sealed class RevocationRaceTests
{
    // A revocation that fell between the validation of a token and the registration of its socket found no socket to close.
    [Theory]
    [InlineData("token")]
    [InlineData("consumer")]
    public async Task A_revocation_between_validation_and_registration_closes_the_socket(string what)
    {
        var (messaging, _) = await TestMessaging.StartInMemoryAsync();
        await using var started = messaging;
        var services = messaging.Services;
        var consumer = services.Tokens.Validate(TestMessaging.Account, services.Tokens.Issue(TestMessaging.Account).Jwt).Consumer!;
        var untouched = services.Tokens.Validate(TestMessaging.Account, services.Tokens.Issue(TestMessaging.Account).Jwt).Consumer!;

        await (what == "token"
            ? services.Tokens.RevokeAsync(consumer.AccountId, consumer.TokenId)
            : services.Tokens.RevokeConsumerAsync(consumer.AccountId, consumer.ConsumerId));

        Assert.Equal(CloseCode.IdentityRequired, Register(consumer).Closing);
        Assert.Null(Register(untouched).Closing);

        Connection Register(Parley.Server.Identity.ConsumerIdentity identity)
        {
            var connection = new Connection(identity.AccountId, Dialect.V3, new MemoryTransport(), new LimitOptions(), messaging.Time, new TestLifetime());
            services.Identify(connection, identity);
            services.Connections.Remove(connection);
            return connection;
        }
    }
}
