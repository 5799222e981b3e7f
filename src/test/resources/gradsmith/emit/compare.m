function compare(home, name, title, arguments, expected, tolerance)
  addpath(home);
  clear(name);
  results = cell(1, numel(expected));
  try
    [results{:}] = feval(name, arguments{:});
    for k = 1:numel(expected)
      e = expected{k};
      if ! isequal(size(results{k}), size(e)) || any(abs(results{k} - e)(:) > tolerance * (1 + max(abs(e(:)))))
        printf('%s: result %d is %s, not %s\n', title, k, mat2str(results{k}), mat2str(e));
      end
    end
  catch problem
    printf('%s: %s\n', title, problem.message);
  end
  rmpath(home);
end

