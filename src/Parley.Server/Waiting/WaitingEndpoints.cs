using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Conversations;
using Parley.Journal;
using Parley.Server.Gateway;
using Parley.Server.Hosting;
using Parley.Server.Identity;

namespace Parley.Server.Waiting;

/// <summary>What a consumer's window can say before it is written to and while he waits.</summary>
internal sealed class WaitingEndpoints(GatewayServices services)
{
    private const string Root = "/api/account/{account}";

    private readonly Availability _availability = new(services);

    // A bucket per consumer that empties with time, as his sockets have one each.
    private readonly FailureLimiter _requests = new(
        services.Limits.ConsumerBurst, TimeSpan.FromSeconds(1.0 / Math.Max(1, services.Limits.ConsumerRequestsPerSecond)), services.Time);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root + "/availability", (RequestDelegate)AvailabilityAsync).RequireCors(Cors.Public);
        routes.MapGet(Root + "/messaging/consumer/waiting", (RequestDelegate)WaitingAsync).RequireCors(Cors.Public);
    }

    private async Task AvailabilityAsync(HttpContext context)
    {
        if (services.Accounts.Find(context.Account) is not { } account)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such account");
            return;
        }

        var body = await _availability.OfAsync(account, context.Request.Query["skill"].ToString() is { Length: > 0 } skill ? skill : null);
        context.Response.Headers.CacheControl = "public, max-age=15";
        await context.AnswerAsync(StatusCodes.Status200OK, body, WaitingJson.Default.AvailabilityBody);
    }

    private async Task WaitingAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (await ConsumerAsync(context) is not { } consumer)
        {
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, "Give the token of a consumer of this account");
            return;
        }

        if (services.Limits.RateLimits && IsTooMuch(consumer))
        {
            context.Response.Headers.RetryAfter = "1";
            await RefuseAsync(context, StatusCodes.Status429TooManyRequests, "Too many requests of this consumer");
            return;
        }

        try
        {
            var conversation = await services.Conversations.LookAsync(context.Request.Query["conversationId"].ToString(), consumer.AccountId);
            if (conversation?.ConsumerId == consumer.ConsumerId) await context.AnswerAsync(StatusCodes.Status200OK, await PlaceAsync(conversation), WaitingJson.Default.WaitingBody);
            else await RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such conversation of this consumer");
        }
        catch (JournalUnavailableException)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "The store cannot be read now; try again");
        }
    }

    // How quickly others found their agent promises nothing while nobody is there.
    private Task<WaitingBody> PlaceAsync(Conversation conversation) => services.Routing.Of(conversation.AccountId).ReadAsync((table, _, now) =>
    {
        var delay = conversation.Delay is { } delayed && delayed.TillWhen > now ? delayed.TillWhen : (long?)null;
        var place = table.PlaceOf(conversation.Id, now);
        var isAttended = delay is null && table.Agents.Any(agent => agent.TakesNew(conversation.SkillId));
        return new WaitingBody(place?.Position, isAttended ? place?.EstimatedWait / 1000 : null, delay);
    });

    private async ValueTask<ConsumerIdentity?> ConsumerAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString().Split(' ', 2);
        return header is [var scheme, var jwt] && (scheme.Equals("jwt", StringComparison.OrdinalIgnoreCase) || scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            && await services.Tokens.ValidateAsync(context.Account, jwt.Trim()) is { IsValid: true } validation ? validation.Consumer : null;
    }

    private bool IsTooMuch(ConsumerIdentity consumer)
    {
        var key = $"{consumer.AccountId} {consumer.ConsumerId}";
        if (_requests.IsExhausted(key)) return true;
        _requests.Count(key);
        return false;
    }

    private static Task RefuseAsync(HttpContext context, int status, string error) =>
        context.AnswerAsync(status, new WaitingError(error), WaitingJson.Default.WaitingError);
}
