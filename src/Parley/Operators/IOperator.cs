using Parley.Server.Admin;

namespace Parley.Operators;

/// <summary>Runs operations on a data folder, wherever that has to happen.</summary>
internal interface IOperator : IAsyncDisposable
{
    /// <exception cref="Server.Identity.RefusedException">The operation makes no sense.</exception>
    Task<TResult> RunAsync<TRequest, TResult>(Operation<TRequest, TResult> operation, TRequest request)
        where TRequest : class
        where TResult : class;
}
