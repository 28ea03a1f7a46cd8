//! Dominator tree by the algorithm of Cooper, Harvey and Kennedy ("A Simple, Fast Dominance Algorithm").

/// Node of a graph.
pub type Node = u32;
/// No node.
pub const NONE: Node = u32::MAX;

/// A rooted graph in reverse postorder with its dominator tree.
#[derive(Debug)]
pub struct Dominators {
    /// Reachable nodes in reverse postorder; the root is node 0.
    pub order: Vec<Node>,
    /// Position of each node in `order`; [`NONE`] when unreachable.
    pub position: Vec<u32>,
    /// Immediate dominator; the root's is itself, [`NONE`] when unreachable.
    pub idom: Vec<Node>,
}

/// Computes the tree; `None` when it takes more steps than any sensible graph needs.
pub fn compute(successors: &[Vec<Node>]) -> Option<Dominators> {
    let count = successors.len();
    let mut seen = vec![false; count];
    let mut order = Vec::with_capacity(count);
    let mut stack: Vec<(Node, usize)> = vec![(0, 0)];
    seen[0] = true;
    while let Some((n, step)) = stack.last_mut() {
        // Later successors are visited first, so that earlier ones come earlier in the reverse postorder.
        let next = successors[*n as usize].iter().rev().nth(*step).copied();
        *step += 1;
        match next {
            Some(s) => {
                if !seen[s as usize] {
                    seen[s as usize] = true;
                    stack.push((s, 0));
                }
            }
            None => {
                order.push(*n);
                stack.pop();
            }
        }
    }
    order.reverse();
    let mut position = vec![NONE; count];
    for (i, &n) in order.iter().enumerate() {
        position[n as usize] = i as u32;
    }
    let mut preds: Vec<Vec<Node>> = vec![vec![]; count];
    for &n in &order {
        for &s in &successors[n as usize] {
            preds[s as usize].push(n);
        }
    }
    let mut idom = vec![NONE; count];
    idom[0] = 0;
    let mut budget = 2_000_000usize + count * 200;
    loop {
        let mut changed = false;
        for &n in order.iter().skip(1) {
            let mut new = NONE;
            for &p in &preds[n as usize] {
                if idom[p as usize] == NONE {
                    continue;
                }
                if new == NONE {
                    new = p;
                    continue;
                }
                let (mut a, mut b) = (p, new);
                while a != b {
                    budget = budget.checked_sub(1)?;
                    while position[a as usize] > position[b as usize] {
                        budget = budget.checked_sub(1)?;
                        a = idom[a as usize];
                    }
                    while position[b as usize] > position[a as usize] {
                        budget = budget.checked_sub(1)?;
                        b = idom[b as usize];
                    }
                }
                new = a;
            }
            if idom[n as usize] != new {
                idom[n as usize] = new;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    Some(Dominators { order, position, idom })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diamond_with_a_loop() {
        // 0 → 1 → {2, 3} → 4 → {1, 5}; 6 is unreachable.
        let d = compute(&[vec![1], vec![2, 3], vec![4], vec![4], vec![1, 5], vec![], vec![5]]).expect("small");
        assert_eq!(d.idom[..6], [0, 0, 1, 1, 1, 4]);
        assert_eq!(d.idom[6], NONE);
        assert_eq!(d.position[6], NONE);
        // The first successor comes first in the order.
        assert!(d.position[2] < d.position[3] && d.position[3] < d.position[4]);
    }

    #[test]
    fn long_chains_take_no_recursion() {
        let count = 200_000u32;
        let graph: Vec<Vec<Node>> = (0..count).map(|n| if n + 1 < count { vec![n + 1] } else { vec![] }).collect();
        let d = compute(&graph).expect("linear");
        assert_eq!(d.idom[count as usize - 1], count - 2);
    }
}
