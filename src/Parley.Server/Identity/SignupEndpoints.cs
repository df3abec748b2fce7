using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Server.Hosting;

namespace Parley.Server.Identity;

/// <summary>New anonymous consumers (protocol 4.2) and the keys that verify their tokens (4.9).</summary>
internal static class SignupEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, IdentityServices identity)
    {
        routes.MapPost("/api/account/{account}/signup", (RequestDelegate)SignupAsync).RequireCors(Cors.Public);
        routes.MapGet("/api/account/{account}/signup.jsonp", (RequestDelegate)SignupJsonpAsync);
        routes.MapGet("/.well-known/jwks.json", (RequestDelegate)KeysAsync).RequireCors(Cors.Public);
        routes.MapGet("/api/account/{account}/.well-known/jwks.json", (RequestDelegate)KeysAsync).RequireCors(Cors.Public);

        // The request's body is not looked at: clients send none, "" or anything, with any content type.
        Task SignupAsync(HttpContext context) => AnswerAsync(context, body => context.AnswerAsync(StatusCodes.Status200OK, body, IdentityJson.Default.JwtBody));

        Task SignupJsonpAsync(HttpContext context) => Jsonp.CallbackOf(context, "callback") is { } callback
            ? AnswerAsync(context, body => Jsonp.AnswerAsync(context, callback, body, IdentityJson.Default.JwtBody))
            : IdpErrors.BadCallback.AnswerAsync(context);

        async Task AnswerAsync(HttpContext context, Func<JwtBody, Task> answer)
        {
            var account = await identity.Accounts.FindAsync(context.Account);
            await (account is null ? IdpErrors.UnknownAccount.AnswerAsync(context)
                : account.Settings.AnonymousConsumers ? answer(new JwtBody(identity.ConsumerTokens.Issue(account.Id).Jwt))
                : IdpErrors.AnonymousOff.AnswerAsync(context));
        }

        Task KeysAsync(HttpContext context) =>
            context.AnswerAsync(StatusCodes.Status200OK, identity.SigningKeys.ToPublicSet(), IdentityJson.Default.PublicKeySet);
    }
}
